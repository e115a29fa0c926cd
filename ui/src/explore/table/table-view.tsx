import { Docked } from '../inspector/docked';
import { useFunctionMenu } from '../tools/use-function-menu';
import type { ViewProps } from '../view-props';
import { FunctionTable } from './function-table';
import { TableTools } from './table-tools';
import './table-view.css';

export default function TableView(props: ViewProps) {
  const { onMenu, onCommand, menu } = useFunctionMenu(props);
  return (
    <Docked {...props}>
      <div className="table-view">
        <TableTools {...props} />
        <FunctionTable {...props} compact={false} onMenu={onMenu} onCommand={onCommand} />
      </div>
      {menu}
    </Docked>
  );
}
