/** Addresses that may be followed. */

/** Return an address of the web in its normal form; null for any other (`javascript:`, `data:`, a broken one). */
export function webAddress(said) {
  if (!URL.canParse(said)) return null;
  const address = new URL(said);
  return ["http:", "https:"].includes(address.protocol) && address.hostname ? address.href : null;
}

/** Return the address of a file that comes from this page's own server; null where it lies elsewhere. */
export function ownAddress(said) {
  const base = new URL(".", document.baseURI);
  if (!URL.canParse(said, base)) return null;
  const address = new URL(said, base);
  return address.origin === base.origin ? address.href : null;
}
