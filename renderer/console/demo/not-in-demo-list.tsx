// What real servers do and the demo does not: said where a demo appliance is shown, so that nobody learns from
// the demo that it cannot happen.
import { useTranslation } from 'react-i18next'
import { notInDemo } from '../../../shared/domain/demo.ts'

export function NotInDemoList() {
  const { t } = useTranslation()
  return (
    <>
      <p className="rs-muted">{t('demo.notLead')}</p>
      <ul className="rs-not-in-demo">
        {notInDemo.options.map((one) => (
          <li key={one}>{t(`demo.missing.${one}`)}</li>
        ))}
      </ul>
    </>
  )
}
