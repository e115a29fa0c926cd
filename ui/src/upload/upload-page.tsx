import { adHocFiles, ASK_FILES } from '../api/adhoc';
import { ASK_LIMITS, tenantLimits } from '../api/tenant-limits';
import { useAnswer } from '../api/use-answer';
import { Empty, Failure } from '../ui/states';
import { uploadSchema } from '../url/upload-state';
import { useUrlState } from '../url/use-url-state';
import { DropZone } from './drop-zone';
import { FileList } from './file-list';
import { OpenFile } from './open-file';
import './upload-page.css';
import { useUploads } from './use-uploads';

/** A file on my disk: opened alone, against another file, or against what services do. */
export default function UploadPage() {
  const [state, change] = useUrlState(uploadSchema);
  const files = useAnswer(ASK_FILES, adHocFiles, { stale: 10_000 });
  const limits = useAnswer(ASK_LIMITS, tenantLimits);
  const uploads = useUploads(limits.data?.maxProfileSize ?? 0, (file) => change({ file, type: '', search: '', zoom: [], fn: null }));
  return (
    <div className="upload">
      <aside className="upload-files" aria-label="Files">
        <DropZone uploads={uploads} />
        <h2>
          Uploaded files <span className="unit">{files.data?.length ?? ''}</span>
        </h2>
        {files.error ? (
          <Failure error={files.error} retry={() => void files.refetch()} />
        ) : files.data?.length === 0 ? (
          <p className="upload-none">None yet. They are kept beside the profiles of this tenant.</p>
        ) : (
          <FileList files={files.data ?? []} open={state.file} />
        )}
      </aside>
      {state.file === null ? (
        <div>
          <h1 className="visually-hidden">Upload</h1>
          <Empty title="Drop a profile, or open one of those that were uploaded." />
        </div>
      ) : (
        <OpenFile
          key={state.file}
          file={state.file}
          name={files.data?.find((file) => file.id === state.file)?.name ?? state.file}
          state={state}
          change={change}
        />
      )}
    </div>
  );
}
