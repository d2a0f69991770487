"""What goes in and what comes out, as marshmallow schemas named by direction."""
