// Every piece of renderer/ui side by side, in its states.
import { Button } from 'antd'
import { Age } from '../../../../renderer/ui/age.tsx'
import { CellStrip } from '../../../../renderer/ui/cell-strip.tsx'
import { Chip, Chips } from '../../../../renderer/ui/chip.tsx'
import { EmptyState } from '../../../../renderer/ui/empty-state.tsx'
import { FactList, known } from '../../../../renderer/ui/fact-list.tsx'
import { KeyFigure, KeyFigures } from '../../../../renderer/ui/key-figure.tsx'
import { Ledger } from '../../../../renderer/ui/ledger.tsx'
import { Meter } from '../../../../renderer/ui/meter.tsx'
import { Page } from '../../../../renderer/ui/page.tsx'
import { Panel } from '../../../../renderer/ui/panel.tsx'
import { StepRail } from '../../../../renderer/ui/step-rail.tsx'
import { type MarkState, VerdictMark } from '../../../../renderer/ui/verdict-mark.tsx'
import type { Scenes } from '../scene.ts'

const states: readonly MarkState[] = ['healthy', 'degraded', 'down', 'working', 'unknown', 'stale']

function Pieces() {
  return (
    <Page
      title="The one answer"
      lead="A lead line below it"
      actions={
        <>
          <Button>Other</Button>
          <Button type="primary">Primary</Button>
        </>
      }
    >
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: 16, alignItems: 'start' }}>
        <Panel title="Marks">
          {states.map((state) => (
            <VerdictMark key={state} state={state} word={state}>
              a reason in a sentence <Age atMs={Date.now() - 134_000} />
            </VerdictMark>
          ))}
        </Panel>
        <Panel title="Figures" tone="needs">
          <KeyFigures>
            <KeyFigure value="0.42" unit="s" caption="TTFT" />
            <KeyFigure value="48.6" unit="tok/s" caption="throughput" />
          </KeyFigures>
          <CellStrip
            label="8 cards"
            cells={[0, 10, 30, 50, 70, 90, undefined, 0].map((percent, place) => ({
              id: String(place),
              text: `NPU ${place}`,
              percent,
              ...(place === 7 ? { outline: 'down' as const } : {}),
            }))}
          />
          <br />
          <Meter share={0.66} label="66 %" />
          <br />
          <Meter share={undefined} label="unknown" height="thick" />
          <br />
          <Chips>
            <Chip figure="41 tok/s">Qwen3-32B</Chip>
            <Chip>RAGFlow</Chip>
          </Chips>
        </Panel>
        <Panel title="Facts">
          <FactList
            facts={[
              { label: 'Driver', value: known('25.2.1') },
              { label: 'Engine', value: { state: 'absent' } },
              { label: 'Memory', value: { state: 'unreadable', why: 'npu-smi: timed out' }, note: 'a note below' },
            ]}
          />
        </Panel>
        <Panel title="Journey" tone="absent">
          <StepRail
            label="Steps"
            steps={[
              { id: 'a', label: 'Connect', state: 'done', note: '4 s' },
              { id: 'b', label: 'Found', state: 'current' },
              { id: 'c', label: 'Proposal', state: 'failed' },
              { id: 'd', label: 'Review', state: 'next' },
            ]}
          />
        </Panel>
        <Panel title="Ledger">
          <Ledger
            label="Steps"
            rows={(['done', 'already', 'current', 'failed', 'next', 'unknown'] as const).map((state) => ({
              id: state,
              state,
              stateWord: state,
              text: `Copy weights (${state})`,
              note: 'a note',
              figures: ['1.2 GiB', '2 m 06 s'],
            }))}
          />
        </Panel>
        <EmptyState title="Nothing here yet" action={<Button type="primary">Add</Button>}>
          <p>What will be here.</p>
        </EmptyState>
      </div>
    </Page>
  )
}

export const scenes: Scenes = { all: { render: () => <Pieces /> } }
