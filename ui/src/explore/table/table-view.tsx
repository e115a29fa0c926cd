import type { ViewProps } from '../view-props';
import { FunctionTable } from './function-table';
import { TableTools } from './table-tools';
import './table-view.css';

export default function TableView(props: ViewProps) {
  return (
    <div className="table-view">
      <TableTools {...props} />
      <FunctionTable {...props} compact={false} />
    </div>
  );
}
