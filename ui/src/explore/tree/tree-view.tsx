import { Docked } from '../inspector/docked';
import { useFunctionMenu } from '../tools/use-function-menu';
import type { ViewProps } from '../view-props';
import { BottomUp } from './bottom-up';
import { TopDown } from './top-down';
import './tree-view.css';

export default function TreeView(props: ViewProps) {
  const { onMenu, onCommand, menu } = useFunctionMenu(props);
  const View = props.state.bottomUp ? BottomUp : TopDown;
  return (
    <Docked {...props}>
      <div className="tree-view">
        <View {...props} onMenu={onMenu} onCommand={onCommand} />
      </div>
      {menu}
    </Docked>
  );
}
