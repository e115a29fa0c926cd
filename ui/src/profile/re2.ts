/** A regular expression, as the server reads them (RE2), that matches exactly `text`. */
export function exactly(text: string): string {
  return `^${text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
}
