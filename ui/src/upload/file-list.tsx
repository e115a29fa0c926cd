import { Link } from 'wouter';
import type { AdHocFile } from '../api/adhoc';
import { useClock } from '../app/clock';
import { formatAge } from '../profile/age';
import { encode } from '../url/codec';
import { compareHref } from '../url/links';
import { uploadSchema } from '../url/upload-state';
import './file-list.css';

/** Files that were uploaded before, latest first; one that is not open can be compared with the one that is. */
export function FileList({ files, open }: { readonly files: readonly AdHocFile[]; readonly open: string | null }) {
  const now = useClock((c) => c.now);
  return (
    <ul className="file-list" aria-label="Uploaded files" tabIndex={0}>
      {files.map(({ id, name, uploadedAt }) => (
        <li key={id} aria-current={id === open ? 'true' : undefined}>
          <Link href={`/upload?${encode(uploadSchema, { file: id, type: '', search: '', zoom: [], fn: null })}`} className="file-list-name">
            {name}
          </Link>
          {open !== null && id !== open ? (
            <Link href={compareHref({ file: open }, { file: id })} aria-label={`Compare the open file with ${name}`}>
              Compare
            </Link>
          ) : null}
          <span className="num unit">{formatAge(Math.max(0, now - uploadedAt))}</span>
        </li>
      ))}
    </ul>
  );
}
