import { useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { askServer, setTransport } from '../api/transport';
import { get } from '../api/question';
import { useClock } from '../app/clock';
import { queryClient } from '../app/query-client';
import ComparePage from '../compare/compare-page';
import { ExplorePage } from '../explore/explore-page';
import { Failure } from '../ui/states';
import { frozenTransport, type Snapshot } from './snapshot';
import './snapshot-page.css';

/** A frozen view: the page it was taken of, fed by what it kept. */
export default function SnapshotPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['snapshot', id],
    queryFn: async ({ signal }) => {
      const { bytes } = await askServer(get(`api/v1/snapshots/${encodeURIComponent(id)}`), signal);
      return JSON.parse(new TextDecoder().decode(bytes)) as Snapshot;
    },
    retry: false,
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return data ? <Thawed key={id} snapshot={data} /> : <div className="pane-bar" role="status" aria-label="Loading" />;
}

function Thawed({ snapshot }: { readonly snapshot: Snapshot }) {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const { page, params } = partsOf(snapshot.address);
  const ready = useFrozen(snapshot);
  const isComplete = search !== '' || params === '';
  useEffect(() => {
    if (!isComplete) navigate(`${path}?${params}`, { replace: true });
  }, [isComplete, params, path, navigate]);
  if (!ready || !isComplete) return null;
  return (
    <div className="snapshot">
      <p className="snapshot-note" role="note">
        Snapshot <strong>{snapshot.title}</strong> of {new Date(snapshot.nowMillis).toISOString().replace('T', ' ').slice(0, 19)} UTC. It
        keeps what was on the screen.
      </p>
      {page === 'compare' ? <ComparePage /> : <ExplorePage />}
    </div>
  );
}

/** Feeds the page from the snapshot, from before its first question until it is left. */
function useFrozen(snapshot: Snapshot): boolean {
  const clock = useClock();
  useLayoutEffect(() => {
    const before = useClock.getState();
    setTransport(frozenTransport(snapshot));
    forgetAnswers();
    useClock.getState().freeze(snapshot.nowMillis);
    return () => {
      setTransport(askServer);
      forgetAnswers();
      useClock.setState({ now: before.now, frozen: false });
    };
  }, [snapshot]);
  return clock.frozen;
}

function partsOf(address: string): { readonly page: string; readonly params: string } {
  const at = address.indexOf('?');
  return at < 0 ? { page: address, params: '' } : { page: address.slice(0, at), params: address.slice(at + 1) };
}

/** What the server said of today is no part of the snapshot, and the other way round. */
function forgetAnswers(): void {
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'snapshot' });
}
