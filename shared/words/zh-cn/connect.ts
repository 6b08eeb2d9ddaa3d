// Chinese: the steps of the way to an appliance.
import type { ConnectWords } from '../words.ts'

export const connect: ConnectWords = {
  steps: {
    jump: '跳板机',
    resolve: '解析地址',
    connect: '建立连接',
    'host-key': '主机密钥',
    login: '登录',
    privilege: 'root 权限',
    shell: '登录 Shell',
  },
  notTried: '未尝试',
  answers: (host, port) => `${host} 的端口 ${port} 有响应`,
  hostKey: ({ keyType, fingerprint, algorithms, weak }) =>
    `已信任，${keyType} ${fingerprint}（${algorithms.join('，')}）${weak.length === 0 ? '' : `；其中过时的算法：${weak.join('，')}`}`,
  login: (user, method) => `${user}，方式 ${method}`,
  root: {
    'is-root': '登录用户就是 root',
    'sudo-without-password': '通过 sudo 获得 root 权限，无需密码',
    'sudo-with-password': '通过 sudo 获得 root 权限，需要密码',
  },
  shell: ({ shell, missing }) =>
    `${shell === '' ? '可以执行命令' : `${shell} 可以执行命令`}${missing.length === 0 ? '' : `；未找到：${missing.join('，')}`}`,
  weakAllowed: '已对这台一体机允许过时的算法，请尽快升级其 SSH 服务。',
}
