// Reports a check that passed. A check that fails throws.
export function passed(what) {
  console.log(`ok  browser: ${what}`);
}
