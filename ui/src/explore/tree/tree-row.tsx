import { formatShare, grouped } from '../../profile/units';
import { FunctionName } from '../../ui/function-name';
import { Value } from '../../ui/value';
import type { NoteRow, TreeRow } from './branches';
import type { AskedParts } from './use-parts';

/** Indentation of a level, in CSS pixels; beyond some depth levels stand closer, so that names stay in sight. */
const INDENT = 14;
const DEEP = 24;

export interface TreeRowCellsProps {
  readonly row: TreeRow;
  readonly unit: string;
  readonly total: number;
  readonly asked: AskedParts;
  /** Of a note: whether what is folded can be asked for. */
  readonly isAskable: boolean;
  readonly onToggle: () => void;
}

export function TreeRowCells({ row, unit, total, asked, isAskable, onToggle }: TreeRowCellsProps) {
  const indent = Math.min(row.level - 1, DEEP) * INDENT + Math.max(0, row.level - 1 - DEEP) * 3;
  if (row.kind === 'note') {
    return (
      <span role="gridcell" className="tree-grid-name tree-grid-note" style={{ paddingLeft: indent + 18 }}>
        {told(row, asked, isAskable)}
      </span>
    );
  }
  const { name, self, total: value } = row.branch;
  return (
    <>
      <span role="gridcell" className="tree-grid-name" style={{ paddingLeft: indent }}>
        <span
          className="tree-grid-twisty"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          {row.isLeaf ? '' : row.isOpen ? '▾' : '▸'}
        </span>
        <FunctionName name={name} />
        <span className="tree-grid-bar" style={{ width: `${total > 0 ? (100 * value) / total : 0}%` }} />
      </span>
      <span role="gridcell" className="num">
        {self > 0 ? <Value value={self} unit={unit} /> : ''}
      </span>
      <span role="gridcell" className="num">
        {self > 0 ? formatShare(self, total) : ''}
      </span>
      <span role="gridcell" className="num">
        <Value value={value} unit={unit} />
      </span>
      <span role="gridcell" className="num">
        {formatShare(value, total)}
      </span>
    </>
  );
}

function told({ branch, folded, isPart }: NoteRow, asked: AskedParts, isAskable: boolean): string {
  const failure = asked.failed.get(branch.key);
  if (failure) return failure.message;
  if (folded === 0 || (!isPart && asked.wanted.has(branch.key))) return 'Asking for what lies below …';
  return `${grouped(folded)} smaller ${folded === 1 ? 'one is' : 'ones are'} folded${isAskable ? ': Enter or a click shows them' : ''}`;
}
