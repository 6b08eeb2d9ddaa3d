// Contrast and density from the bar on top: rarely changed, so they stand folded behind one sign.
import { FontSizeOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { contrastChoices, densities, usePreferences } from './preferences.ts'

export function DisplayMenu() {
  const { t } = useTranslation()
  const { contrast, density, chooseContrast, chooseDensity } = usePreferences()
  const contrasts = contrastChoices.map((one) => ({
    key: `contrast ${one}`,
    label: t(`frame.contrasts.${one}`),
    onClick: () => chooseContrast(one),
  }))
  const sizes = densities.map((one) => ({
    key: `density ${one}`,
    label: t(`frame.densities.${one}`),
    onClick: () => chooseDensity(one),
  }))
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        selectable: true,
        multiple: true,
        selectedKeys: [`contrast ${contrast}`, `density ${density}`],
        items: [
          { type: 'group', key: 'contrast', label: t('frame.contrast'), children: contrasts },
          { type: 'group', key: 'density', label: t('frame.density'), children: sizes },
        ],
      }}
    >
      <Button
        className="rs-display"
        aria-label={t('frame.display')}
        title={t('frame.display')}
        icon={<FontSizeOutlined aria-hidden="true" />}
      />
    </Dropdown>
  )
}
