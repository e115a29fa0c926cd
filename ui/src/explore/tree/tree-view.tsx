import type { ViewProps } from '../view-props';
import { BottomUp } from './bottom-up';
import { TopDown } from './top-down';
import './tree-view.css';

export default function TreeView(props: ViewProps) {
  return <div className="tree-view">{props.state.bottomUp ? <BottomUp {...props} /> : <TopDown {...props} />}</div>;
}
