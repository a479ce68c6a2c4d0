/**
 * Page data that the server renders and the browser never needs. SvelteKit writes all page data out a second time for
 * its script, even on pages without script, which costs more than rendering a list; this it leaves out.
 */
export class ServerOnly<Value> {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}
