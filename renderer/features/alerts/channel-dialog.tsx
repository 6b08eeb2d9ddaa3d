// A new channel, or another setting of one: who is told of what, in which language, on which way.
import { Button, Drawer, Input, Segmented, Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertChannel } from '../../../shared/domain/alert-channel.ts'
import type { Language } from '../../../shared/words/words.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { VaultPrompt } from '../../console/vault-prompt.tsx'
import { Field } from '../../ui/field.tsx'
import { channelKinds, withKind } from './channel-draft.ts'
import { WayFields } from './channel-fields.tsx'
import { type ChannelForm, useChannelForm } from './use-channel-form.ts'

export type ChannelDialogProps = {
  /** Undefined: a new one. */
  readonly channel: AlertChannel | undefined
  readonly taken: readonly string[]
  readonly onSaved: (id: string) => void
  readonly onClose: () => void
}

export function ChannelDialog({ channel, taken, onSaved, onClose }: ChannelDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const form = useChannelForm({ channel, taken, onSaved })
  const { failure, vaultReason } = form
  return (
    <Drawer
      open
      size={520}
      onClose={onClose}
      title={channel === undefined ? t('alertSetup.addChannel') : t('alertSetup.editChannel', { id: channel.id })}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <div className="rs-row">
          <Button type="primary" htmlType="submit" form={formId} loading={form.busy}>
            {t('alertSetup.save')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      }
    >
      <form
        id={formId}
        className="rs-form rs-alert-form"
        data-testid="channel-form"
        onSubmit={(event) => {
          event.preventDefault()
          form.save()
        }}
      >
        <CommonFields form={form} isNew={channel === undefined} />
        <WayFields form={form} />
        {failure === undefined || vaultReason !== undefined ? null : <FailureNote failure={failure} />}
      </form>
      {vaultReason === undefined ? null : (
        <VaultPrompt open reason={vaultReason} onCancel={form.forget} onDone={form.save} />
      )}
    </Drawer>
  )
}

type FieldsProps = { readonly form: ChannelForm; readonly isNew: boolean }

function CommonFields({ form, isNew }: FieldsProps) {
  return (
    <>
      {isNew ? <KindChoice form={form} /> : null}
      {isNew ? <NameField form={form} /> : null}
      <ToldFields form={form} />
    </>
  )
}

function KindChoice({ form: { draft, onDraft } }: Pick<FieldsProps, 'form'>) {
  const { t } = useTranslation()
  return (
    <Field label={t('alertSetup.kind')}>
      {({ 'aria-invalid': _, ...control }) => (
        <Select
          {...control}
          value={draft.kind}
          onChange={(kind) => onDraft(withKind(draft, kind))}
          options={channelKinds.map((value) => ({ value, label: t(`alertSetup.kinds.${value}`) }))}
        />
      )}
    </Field>
  )
}

function NameField({ form: { draft, onDraft, wrong, isTaken } }: Pick<FieldsProps, 'form'>) {
  const { t } = useTranslation()
  const problem = isTaken ? 'taken' : wrong.includes('id') ? 'id' : undefined
  return (
    <Field
      label={t('alertSetup.name')}
      hint={t('alertSetup.nameHint')}
      problem={problem === undefined ? undefined : t(`alertSetup.problem.${problem}`)}
    >
      {(control) => (
        <Input
          {...control}
          value={draft.id}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onDraft({ ...draft, id: event.target.value })}
        />
      )}
    </Field>
  )
}

function ToldFields({ form: { draft, onDraft } }: Pick<FieldsProps, 'form'>) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('alertSetup.atLeast')}>
        {({ 'aria-invalid': _, ...control }) => (
          <Select
            {...control}
            value={draft.atLeast}
            onChange={(atLeast) => onDraft({ ...draft, atLeast })}
            options={(['critical', 'warning', 'info'] as const).map((value) => ({
              value,
              label: t(`alertSetup.fromOn.${value}`),
            }))}
          />
        )}
      </Field>
      <Field label={t('alertSetup.list')}>
        {({ 'aria-invalid': _, ...control }) => (
          <Select
            {...control}
            value={draft.list}
            onChange={(list) => onDraft({ ...draft, list })}
            options={(['first', 'second'] as const).map((value) => ({ value, label: t(`alertSetup.lists.${value}`) }))}
          />
        )}
      </Field>
      <div className="rs-field">
        <span className="rs-alert-label">{t('alertSetup.language')}</span>
        <Segmented<Language>
          aria-label={t('alertSetup.language')}
          value={draft.language}
          onChange={(language) => onDraft({ ...draft, language })}
          options={[
            { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
            { value: 'en', label: <span lang="en">English</span> },
          ]}
        />
      </div>
    </>
  )
}
