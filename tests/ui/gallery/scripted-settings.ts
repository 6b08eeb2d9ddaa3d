// Settings of the services of the ward's plan and what their containers get beyond their limits, as a review shows them.
import type { PlanSetting } from '../../../shared/domain/plan-setting.ts'
import type { PlanPrivileges } from '../../../shared/domain/privilege.ts'
import type { PlanPort } from '../../../shared/domain/service-port.ts'

/** One as the solution says, and one that somebody chose. */
export const wardPorts: readonly PlanPort[] = [
  { service: 'baichuan-m2', port: 8400, source: 'default', otherwise: 8400 },
  { service: 'record-assistant', port: 8431, source: 'kept', otherwise: 8410 },
]

/** Of both services, of every kind, from everywhere. */
export const wardSettings: readonly PlanSetting[] = [
  {
    ...{ service: 'baichuan-m2', entry: 'baichuan-m2', value: '64', source: 'appliance' },
    setting: {
      ...{ name: 'threads', type: 'integer', min: 1, max: 256 },
      title: { en: 'Threads of the processor', 'zh-CN': '处理器线程数' },
      help: { en: 'Fewer leave the processor to other services.', 'zh-CN': '减少线程可为其他服务留出处理器。' },
      unit: { en: 'threads', 'zh-CN': '个线程' },
      default: { from: 'processors', otherwise: 8 },
    },
    otherwise: { value: '64', source: 'appliance' },
  },
  {
    ...{ service: 'record-assistant', entry: 'record-assistant', value: 'Asia/Shanghai', source: 'kept' },
    setting: {
      ...{ name: 'time-zone', type: 'text', maxLength: 60, characters: ['letters', 'slash', 'underscore'] },
      title: { en: 'Time zone', 'zh-CN': '时区' },
      default: 'Etc/UTC',
    },
    otherwise: { value: 'Etc/UTC', source: 'default' },
  },
  {
    ...{ service: 'record-assistant', entry: 'record-assistant', value: 'short', source: 'default' },
    setting: {
      ...{ name: 'style', type: 'choice', default: 'short' },
      title: { en: 'Style of drafts', 'zh-CN': '草稿风格' },
      options: [
        { value: 'short', title: { en: 'Short', 'zh-CN': '简短' } },
        { value: 'full', title: { en: 'In full', 'zh-CN': '详细' } },
      ],
    },
    otherwise: { value: 'short', source: 'default' },
  },
  {
    ...{ service: 'record-assistant', entry: 'record-assistant', value: 'off', source: 'chosen' },
    setting: {
      ...{ name: 'sign-up', type: 'switch', whenOn: 'true', whenOff: 'false', default: true },
      title: { en: 'People may make accounts themselves', 'zh-CN': '允许自行注册账户' },
    },
    otherwise: { value: 'on', source: 'default' },
  },
]

export const wardPrivileges: readonly PlanPrivileges[] = [
  {
    ...{ service: 'record-assistant', entry: 'record-assistant', noMore: ['capability=SYS_PTRACE'] },
    wants: [
      {
        privilege: { kind: 'host-path', path: '/data/scans', target: '/scans', readOnly: false },
        why: { en: 'It files the scans of the ward there.', 'zh-CN': '病区扫描件归档在此。' },
        isNew: true,
      },
      {
        privilege: { kind: 'capability', name: 'NET_BIND_SERVICE' },
        why: { en: 'Its page is at port 80 of its container.', 'zh-CN': '其页面位于容器的 80 端口。' },
        isNew: false,
      },
    ],
  },
]
