import { askFunctions, functionPage } from '../../api/functions';
import { useAnswer } from '../../api/use-answer';
import { Failure, Pane } from '../../ui/states';
import type { ViewProps } from '../view-props';

export default function TableView({ target, state }: ViewProps) {
  const { data, error, isFetching, refetch } = useAnswer(askFunctions(target, { sort: state.sort, offset: 0, limit: 100 }), functionPage);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return (
    <Pane busy={isFetching} label="Functions">
      <table className="table">
        <tbody>
          {data?.functions.map((row) => (
            <tr key={row.name}>
              <td>{row.name}</td>
              <td className="num">{row.self}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Pane>
  );
}
