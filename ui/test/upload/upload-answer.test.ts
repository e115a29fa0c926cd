import { expect, test } from 'vitest';
import { ServerError } from '../../src/api/server-error';
import { afterComma } from '../../src/upload/read-base64';
import { answerOf } from '../../src/upload/upload-answer';

test('a stored file has an id', () => expect(answerOf(200, 'OK', '{"id":"01-x.pb"}')).toBe('01-x.pb'));

test.each([
  [400, '{"code":"invalid_argument","message":"no profile"}', 'no profile'],
  [413, 'too large\n', 'too large'],
  [502, '', 'The server answered 502 Bad Gateway.'],
  [200, '{}', '{}'],
  [200, 'null', 'null'],
])('%d %s is refused in the words of who refused', (status, text, message) => {
  const answer = answerOf(status, 'Bad Gateway', text);
  expect(answer).toBeInstanceOf(ServerError);
  expect(answer).toMatchObject({ status, message });
});

test('base64 is what stands behind the comma', () => {
  expect(afterComma('data:application/octet-stream;base64,QUJD')).toBe('QUJD');
  expect(afterComma('data:')).toBe('');
});
