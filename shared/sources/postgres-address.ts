/**
 * The address with its password in it, for the driver alone: given both, `pg` lets the address win, even where it has
 * no password. Never log or print the result.
 */
export function withPassword(address: string, password: string | null): string {
  if (password === null) return address;
  const url = new URL(address);
  url.password = encodeURIComponent(password);
  return url.toString();
}
