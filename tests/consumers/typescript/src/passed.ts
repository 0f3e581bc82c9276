// Reports a check that passed. A check that fails throws.
export function passed(what: string): void {
  console.log(`ok  typescript: ${what}`);
}
