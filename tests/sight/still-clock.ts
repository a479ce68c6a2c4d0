/** Loaded into a server before anything else, stops its clock: "three minutes ago" is then the same in every answer. */
const still = Number(process.env['STILL_CLOCK']);
const Moving = Date;

globalThis.Date = new Proxy(Moving, {
  construct: (target, args: [], newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [still], newTarget),
  apply: () => new Moving(still).toString(),
  get: (target, name, receiver) => (name === 'now' ? () => still : Reflect.get(target, name, receiver)),
});
