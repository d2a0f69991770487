// What does not hold: the codes are those of ledger.errors, so that this page and the offline tool say the same.
export class Refused extends Error {
  constructor(code, params = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}
