// The machines that can be simulated, one button each; the one that is being made says so, the others wait.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DemoPreset } from '../../../shared/domain/demo.ts'
import type { DemoMaking } from './demo-appliances.ts'

export type PresetButtonsProps = DemoMaking & { readonly presets: readonly DemoPreset[] }

export function PresetButtons({ presets, making, make }: PresetButtonsProps) {
  const { t } = useTranslation()
  return (
    <div className="rs-row">
      {presets.map((preset) => (
        <Button
          key={preset}
          loading={making === preset}
          disabled={making !== undefined && making !== preset}
          onClick={() => make(preset)}
        >
          {t(`demo.preset.${preset}`)}
        </Button>
      ))}
    </div>
  )
}
