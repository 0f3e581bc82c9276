// How a check says that it passed; one that did not throws.
export function passed(what) {
  console.log(`ok  browser: ${what}`);
}
