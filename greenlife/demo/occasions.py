"""What one occasion of each habit is claimed with: a ride, a scan, a visit to the scale."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from greenlife.demo.occasion import (
    Occasion,
    Scene,
    at_scale,
    at_screen,
    at_till,
    kilograms,
    kilometres,
    reported,
    scanned,
)

MATERIALS: Mapping[str, tuple[int, float]] = {
    "cardboard": (30, 3.2),
    "paper": (18, 2.6),
    "pet": (16, 0.7),
    "hdpe": (7, 0.5),
    "film": (4, 0.3),
    "aluminium": (6, 0.3),
    "steel": (4, 0.5),
    "glass": (8, 2.2),
    "textiles": (3, 1.8),
    "mixed": (4, 2.4),
}
"""Material → how often of a hundred it is brought, and the median in kilograms."""

WITHOUT_DISTANCE = 0.15
"""The share of bus rides that the card data gives no distance for."""
BUS_KM, BIKE_KM = 5.5, 1.44
"""Medians; that of bikes is the one published for Ningbo's public bikes."""
SECONDS_A_KM = 300
"""Twelve kilometres an hour."""
E_BIKE_KM, CARPOOL_KM = 2.4, 18.0
CLOTHES_KG, FOOD_KG = 2.2, 1.1


def bus_trip(scene: Scene) -> Occasion:
    """A ride from the card data, mostly with its distance."""
    if scene.dice.random() < WITHOUT_DISTANCE:
        return reported(scene, "bus_ride", Decimal(1), "ride", "bus-card")
    return reported(scene, "bus_ride", kilometres(scene.dice, BUS_KM, 40_000), "km", "bus-card")


def bike_trip(scene: Scene) -> Occasion:
    km = kilometres(scene.dice, BIKE_KM, 20_000)
    return reported(scene, "shared_bike", km, "km", "shared-bikes", took=timedelta(seconds=int(km * SECONDS_A_KM)))


def stop_scan(scene: Scene) -> Occasion:
    return scanned(scene, "bus_ride", "ride", "stop")


def shop_scan(scene: Scene) -> Occasion:
    return scanned(scene, "own_bag", "bag", "shop")


def screen_on_board(scene: Scene) -> Occasion:
    return at_screen(scene, "bus_ride", "ride", "stop")


def screen_at_till(scene: Scene) -> Occasion:
    return at_screen(scene, "own_bag", "bag", "shop")


def bag_at_till(scene: Scene) -> Occasion:
    """One to three bags that the clerk saw."""
    return at_till(scene, "own_bag", Decimal(scene.dice.choice((1, 1, 1, 2, 2, 3))), "bag")


def plate_at_till(scene: Scene) -> Occasion:
    return at_till(scene, "clean_plate", Decimal(1), "meal")


def cup_at_till(scene: Scene) -> Occasion:
    return at_till(scene, "own_cup", Decimal(1), "cup")


def steps_of_day(scene: Scene) -> Occasion:
    """What the phone counted, up to the most that counts."""
    steps = int(5_500 * scene.dice.lognormvariate(0.0, 0.4))
    return reported(scene, "walk", Decimal(min(max(steps, 1_000), 14_800)), "step", "phone-steps")


def e_bike_trip(scene: Scene) -> Occasion:
    return reported(scene, "e_bike", kilometres(scene.dice, E_BIKE_KM, 20_000), "km", "shared-e-bikes")


def shared_ride(scene: Scene) -> Occasion:
    """Two or three people in one car."""
    people, km = Decimal(scene.dice.choice((2, 2, 2, 3))), kilometres(scene.dice, CARPOOL_KM, 90_000)
    return reported(scene, "carpool", max(km, Decimal(1)), "km", "carpool-app", {"persons": people})


def power_bill(scene: Scene) -> Occasion:
    """What a household used in thirty days, mostly somewhat below the city's mean."""
    people = scene.dice.choice((1, 2, 3, 3, 4))
    used = Decimal(int(people * 30 * scene.dice.uniform(14, 22))).scaleb(-1)
    inputs = {"persons": Decimal(people), "days": Decimal(30)}
    return reported(scene, "power_saving", used, "kWh", "grid", inputs)


def sun_on_the_roof(scene: Scene) -> Occasion:
    return reported(scene, "rooftop_solar", Decimal(scene.dice.randrange(20, 220)).scaleb(-1), "kWh", "grid")


def bill_by_phone(scene: Scene) -> Occasion:
    return reported(scene, "e_bill", Decimal(1), "sheet", "utilities")


def dinner_without_chopsticks(scene: Scene) -> Occasion:
    return reported(scene, "no_cutlery", Decimal(scene.dice.choice((1, 1, 2))), "pair", "take-away")


def clothes_at_station(scene: Scene) -> Occasion:
    return at_scale(scene, "used_clothes", [(None, kilograms(scene.dice, CLOTHES_KG))])


def food_waste_at_station(scene: Scene) -> Occasion:
    return at_scale(
        scene, "food_waste", [(None, min(max(kilograms(scene.dice, FOOD_KG), Decimal("0.10")), Decimal(10)))]
    )


def weighing(scene: Scene) -> Occasion:
    """One visit with one to four materials."""
    how_many = scene.dice.choice((1, 1, 1, 2, 2, 3, 4))
    weights = [often for often, _ in MATERIALS.values()]
    brought = dict.fromkeys(scene.dice.choices(list(MATERIALS), weights=weights, k=how_many))
    return visit_scale(scene, [(material, kilograms(scene.dice, MATERIALS[material][1])) for material in brought])


def visit_scale(scene: Scene, brought: Sequence[tuple[str, Decimal]]) -> Occasion:
    """A visit in which these kilograms of recyclables were weighed."""
    return at_scale(scene, "recyclables", brought)


MAKERS: Mapping[tuple[str, str], Callable[[Scene], Occasion]] = {
    ("bus_ride", "partner"): bus_trip,
    ("bus_ride", "poster"): stop_scan,
    ("shared_bike", "partner"): bike_trip,
    ("own_bag", "poster"): shop_scan,
    ("own_bag", "attended"): bag_at_till,
    ("recyclables", "attended"): weighing,
    ("used_clothes", "attended"): clothes_at_station,
    ("food_waste", "attended"): food_waste_at_station,
    ("clean_plate", "attended"): plate_at_till,
    ("own_cup", "attended"): cup_at_till,
    ("no_cutlery", "partner"): dinner_without_chopsticks,
    ("walk", "partner"): steps_of_day,
    ("e_bike", "partner"): e_bike_trip,
    ("carpool", "partner"): shared_ride,
    ("power_saving", "partner"): power_bill,
    ("rooftop_solar", "partner"): sun_on_the_roof,
    ("e_bill", "partner"): bill_by_phone,
    ("bus_ride", "rotating"): screen_on_board,
    ("own_bag", "rotating"): screen_at_till,
}
"""Action and tier of a habit → what makes one occasion of it."""
