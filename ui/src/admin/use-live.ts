import type { UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Question } from '../api/question';
import { useAnswer, type Decoder } from '../api/use-answer';
import { useInterval } from '../explore/query/use-interval';

const EVERY_MILLIS = 10_000;

/** An answer that is asked for anew every ten seconds while somebody looks. */
export function useLive<T>(question: Question, decoder: Decoder<T>): UseQueryResult<T> {
  const answer = useAnswer(question, decoder, { stale: 0 });
  const { refetch } = answer;
  useInterval(
    useCallback(() => void refetch(), [refetch]),
    EVERY_MILLIS,
  );
  return answer;
}
