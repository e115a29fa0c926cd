/** The function of `/functions/{name}`. Names have slashes, so they are one escaped segment; what is not escaped is read as it stands. */
export function functionOfPath(pathname: string, base: string): string {
  const escaped = pathname.slice(`${base}/functions/`.length);
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}
