// How a check says that it passed; one that did not throws.
export function passed(what: string): void {
  console.log(`ok  typescript: ${what}`);
}
