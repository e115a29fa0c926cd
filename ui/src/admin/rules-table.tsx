import type { RecordingRule } from '../api/recording-rules';
import { ConfirmButton } from '../ui/confirm-button';
import { DataTable, type Column } from '../ui/data-table';

export function RulesTable({ rules, onEdit, onDelete }: RulesTableProps) {
  if (rules.length === 0) return <p className="admin-none">There are no rules yet.</p>;
  return (
    <DataTable
      className="admin-table"
      label="Recording rules"
      columns={columns(onEdit, onDelete)}
      rows={rules}
      rowKey={(rule) => rule.id}
      rowHeight={32}
    />
  );
}

function columns(onEdit: (rule: RecordingRule) => void, onDelete: (rule: RecordingRule) => void): readonly Column<RecordingRule>[] {
  return [
    { id: 'id', title: 'Id', width: 'minmax(90px, 0.8fr)', render: (rule) => <strong>{rule.id}</strong> },
    {
      id: 'metric',
      title: 'Metric',
      width: 'minmax(180px, 1.5fr)',
      render: (rule) => <span className="admin-mono">{rule.metricName}</span>,
    },
    {
      id: 'matchers',
      title: 'Selectors',
      width: 'minmax(200px, 2.5fr)',
      render: ({ matchers }) => (
        <span className="admin-mono" title={matchers.join('\n')}>
          {matchers.join(' ')}
        </span>
      ),
    },
    { id: 'by', title: 'Group by', width: 'minmax(110px, 1fr)', render: (rule) => rule.groupBy.join(', ') || '–' },
    {
      id: 'function',
      title: 'Function',
      width: 'minmax(100px, 1fr)',
      render: (rule) => <span className="admin-mono">{rule.functionName || '–'}</span>,
    },
    {
      id: 'tools',
      title: 'Changes',
      hideTitle: true,
      width: '220px',
      render: (rule) =>
        rule.provisioned ? (
          <span className="unit">set in the configuration</span>
        ) : (
          <span className="admin-form-row">
            <button type="button" className="button button-small" aria-label={`Edit rule ${rule.id}`} onClick={() => onEdit(rule)}>
              Edit
            </button>
            <ConfirmButton label="Delete" question={`Delete rule ${rule.id}`} onConfirm={() => onDelete(rule)} />
          </span>
        ),
    },
  ];
}

interface RulesTableProps {
  readonly rules: readonly RecordingRule[];
  onEdit(rule: RecordingRule): void;
  onDelete(rule: RecordingRule): void;
}
