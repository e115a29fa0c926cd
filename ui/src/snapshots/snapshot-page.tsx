import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ComponentType } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { askServer, setTransport } from '../api/transport';
import { get } from '../api/question';
import { useClock } from '../app/clock';
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
  const [page, params = ''] = snapshot.address.split('?', 2);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    setTransport(frozenTransport(snapshot));
    const before = useClock.getState();
    useClock.setState({ now: snapshot.nowMillis, frozen: true });
    setReady(true);
    return () => {
      setTransport(askServer);
      useClock.setState(before);
    };
  }, [snapshot]);
  useEffect(() => {
    if (search === '' && params !== '') navigate(`${path}?${params}`, { replace: true });
  }, [search, params, path, navigate]);
  if (!ready || (search === '' && params !== '')) return null;
  const Page = pageOf(page);
  return (
    <div className="snapshot">
      <p className="snapshot-note" role="note">
        Snapshot <strong>{snapshot.title}</strong> of {new Date(snapshot.nowMillis).toISOString().replace('T', ' ').slice(0, 19)} UTC. It
        keeps what was on the screen.
      </p>
      <Page />
    </div>
  );
}

function pageOf(page: string): ComponentType {
  return page === 'compare' ? ComparePage : ExplorePage;
}
