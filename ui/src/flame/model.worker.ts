/// <reference lib="webworker" />
import { ModelHost } from './model-host';
import type { Request } from './model-messages';

const host = new ModelHost();

self.onmessage = (event: MessageEvent<Request>) => {
  const { response, transfer } = host.answer(event.data);
  (self as unknown as DedicatedWorkerGlobalScope).postMessage(response, transfer);
};
