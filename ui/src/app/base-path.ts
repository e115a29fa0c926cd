/** The path prefix the server stands behind, without a trailing `/`: the server writes it into <base>. */
export const basePath = new URL(document.baseURI).pathname.replace(/\/$/, '');
