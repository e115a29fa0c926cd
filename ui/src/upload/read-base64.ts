/** A file's bytes in base64. The browser's own reader does not block the page, however large the file is. */
export function readBase64(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(afterComma(reader.result as string));
    reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read.'));
    reader.readAsDataURL(file);
  });
}

/** `data:…;base64,QUJD` is `QUJD`; an empty file has no comma in some browsers. */
export function afterComma(url: string): string {
  const comma = url.indexOf(',');
  return comma < 0 ? '' : url.slice(comma + 1);
}
