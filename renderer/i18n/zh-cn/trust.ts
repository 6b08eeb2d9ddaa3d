// Labels of trusting another key, and of the name that is typed for it, in Chinese.
import type { trust as english } from '../en/trust.ts'
import type { SameKeys } from '../same-keys.ts'

export const trust: SameKeys<typeof english> = {
  reinstalled: '这台服务器已重装：信任新密钥…',
  replacedMachine: '这台服务器已更换或重装：信任当前的机器…',
  title: '信任 {{place}} 的新密钥',
  titleMachine: '信任 {{place}} 上的机器',
  lead: '仅当负责该服务器的人员确认已重装或更换时，才可继续。否则可能有人从中拦截，并读取发送的全部内容。',
  leadMachine:
    '主机密钥与记录一致，但应答的是另一台机器：可能是克隆机、更换后的服务器，或密钥被复制。仅当负责人员了解原因时，才可继续。',
  new: '{{keyType}}，当前出示',
  typeHost: '输入 {{host}} 以确认',
  typeHostOrName: '输入 {{host}} 或 {{name}} 以确认',
  notYet: '与要求的名称还不一致。',
  effect: '该地址的所有已知密钥将替换为此密钥，机器 ID 会重新记录，现有连接会断开。此操作不会登录，并写入审计记录。',
  trustNew: '信任新密钥',
  trustMachine: '信任此机器',
  doneMachine: '已信任此机器。',
  done: '已信任新密钥。',
  replaced: '已替换旧密钥 {{count}} 个。',
}
