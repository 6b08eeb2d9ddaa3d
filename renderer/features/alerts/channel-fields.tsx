// The fields of a channel, as its way needs them.
import { Input, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ChannelKind } from '../../../shared/domain/alert-channel.ts'
import { PasswordField } from '../../console/password-field.tsx'
import { Field } from '../../ui/field.tsx'
import {
  channelFields,
  type SecretField,
  securities,
  type TextField,
  transports,
  withSecurity,
} from './channel-draft.ts'
import type { ChannelForm } from './use-channel-form.ts'

type FormProps = { readonly form: ChannelForm }

export function WayFields({ form }: FormProps) {
  const { kind, transport } = form.draft
  const { texts, secrets } = channelFields[kind]
  const shown = texts.filter((name) => name !== 'ca' || kind !== 'syslog' || transport === 'tls')
  const [server, others] = [shown.filter(isServer), shown.filter((name) => !isServer(name) && name !== 'ca')]
  return (
    <>
      {kind === 'smtp' ? <SecurityChoice form={form} /> : null}
      {kind === 'syslog' ? <TransportChoice form={form} /> : null}
      {server.length === 0 ? null : (
        <div className="rs-alert-pair">
          {server.map((name) => (
            <TextInput key={name} form={form} name={name} />
          ))}
        </div>
      )}
      {others.map((name) => (
        <TextInput key={name} form={form} name={name} />
      ))}
      {secrets.map((name) => (
        <SecretInput key={name} form={form} name={name} />
      ))}
      {shown.includes('ca') ? <CaInput form={form} /> : null}
    </>
  )
}

const isServer = (name: TextField) => name === 'host' || name === 'port'

const textLabels = {
  ...({ host: 'host', port: 'port', from: 'mailFrom', to: 'mailTo', user: 'user' } as const),
  ...({ url: 'url', origin: 'origin', ca: 'ca' } as const),
}
const textHints = { to: 'mailToHint', user: 'userHint', url: 'urlHint', origin: 'originHint', ca: 'caHint' } as const

function useTextField({ form, name }: FormProps & { readonly name: TextField }) {
  const { t } = useTranslation()
  const { draft, wrong, onDraft } = form
  const hint = name in textHints ? textHints[name as keyof typeof textHints] : undefined
  return {
    label: t(`alertSetup.${textLabels[name]}`),
    hint: hint === undefined ? undefined : t(`alertSetup.${hint}`),
    problem: wrong.includes(name) ? t(`alertSetup.problem.${name}`) : undefined,
    value: draft.texts[name] ?? '',
    onText: (text: string) => onDraft({ ...draft, texts: { ...draft.texts, [name]: text } }),
  }
}

function TextInput(props: FormProps & { readonly name: TextField }) {
  const { label, hint, problem, value, onText } = useTextField(props)
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <Input
          {...control}
          value={value}
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  )
}

function CaInput({ form }: FormProps) {
  const { label, hint, problem, value, onText } = useTextField({ form, name: 'ca' })
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <Input.TextArea
          {...control}
          className="rs-code"
          rows={2}
          value={value}
          autoComplete="off"
          spellCheck={false}
          maxLength={20_000}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  )
}

function SecurityChoice({ form: { draft, onDraft, wrong } }: FormProps) {
  const { t } = useTranslation()
  return (
    <div className="rs-field">
      <span className="rs-alert-label">{t('alertSetup.security')}</span>
      <Segmented
        aria-label={t('alertSetup.security')}
        value={draft.security}
        onChange={(security) => onDraft(withSecurity(draft, security))}
        options={securities.map((value) => ({ value, label: t(`alertSetup.securities.${value}`) }))}
      />
      <small className="rs-field-about rs-tone-down" aria-live="polite">
        {wrong.includes('security') ? t('alertSetup.problem.security') : ''}
      </small>
    </div>
  )
}

function TransportChoice({ form: { draft, onDraft } }: FormProps) {
  const { t } = useTranslation()
  return (
    <div className="rs-field">
      <span className="rs-alert-label">{t('alertSetup.transport')}</span>
      <Segmented
        aria-label={t('alertSetup.transport')}
        value={draft.transport}
        onChange={(transport) => onDraft({ ...draft, transport })}
        options={transports.map((value) => ({ value, label: t(`alertSetup.transports.${value}`) }))}
      />
    </div>
  )
}

const isRobot = (kind: ChannelKind) => kind === 'wecom' || kind === 'dingtalk' || kind === 'feishu'

function secretLabel(kind: ChannelKind, name: SecretField) {
  if (name === 'keyId') return isRobot(kind) ? 'robotKey' : 'webhookToken'
  return ({ credentialId: 'smtpLogin', hmacId: 'webhookHmac', signId: 'robotSign', communityId: 'community' } as const)[
    name
  ]
}

function SecretInput({ form, name }: FormProps & { readonly name: SecretField }) {
  const { t } = useTranslation()
  const { draft, typed, onTyped, wrong } = form
  const label = secretLabel(draft.kind, name)
  const known = draft.secretIds[name] !== undefined
  const special = label === 'robotKey' ? 'robotKeyHint' : label === 'community' ? 'communityHint' : undefined
  const hints = [...(special === undefined ? [] : ([special] as const)), 'secretHint' as const]
  const hint = known ? t('alertSetup.secretKept') : hints.map((one) => t(`alertSetup.${one}`)).join(' ')
  return (
    <PasswordField
      label={t(`alertSetup.${label}`)}
      hint={wrong.includes(name) ? <span className="rs-tone-down">{t('alertSetup.problem.secret')}</span> : hint}
      password={typed[name] ?? ''}
      onPassword={(text) => onTyped(name, text)}
    />
  )
}
