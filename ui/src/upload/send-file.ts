import { useSession } from '../api/session';
import { ServerError } from '../api/server-error';
import { answerOf } from './upload-answer';

/** What is sent of a file, from 0 to 1. */
export type Progress = (part: number) => void;

/** Sends a file and answers its id. By XMLHttpRequest, since fetch tells nothing of how much is sent. */
export function sendFile(name: string, base64: string, progress: Progress): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', new URL('adhocprofiles.v1.AdHocProfileService/Upload', document.baseURI));
    request.setRequestHeader('content-type', 'application/json');
    for (const [header, value] of Object.entries(useSession.getState().headers())) request.setRequestHeader(header, value);
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => reject(new ServerError(0, 'unreachable', `The server at ${document.baseURI} does not answer. Is it running?`));
    request.onload = () => {
      if (request.status === 401) useSession.getState().refuse();
      const answer = answerOf(request.status, request.statusText, request.responseText);
      if (typeof answer === 'string') resolve(answer);
      else reject(answer);
    };
    // The graph is asked for when the file is opened: one node is as few as may be asked.
    request.send(JSON.stringify({ name, profile: base64, maxNodes: '1' }));
  });
}
