// Chinese: what a container gets beyond its limits.
import { solutionOf } from '../../domain/installed-model.ts'
import type { CapabilityWords, PrivilegeFailureWords, PrivilegeWords } from '../privilege-words.ts'

const capabilities: CapabilityWords = {
  AUDIT_WRITE: '写入内核审计日志',
  CHOWN: '更改文件属主',
  DAC_OVERRIDE: '无视文件权限读写文件',
  FOWNER: '像属主一样更改其他用户的文件',
  FSETID: '保留文件的 setuid、setgid 标记',
  IPC_LOCK: '锁定不被换出的内存',
  KILL: '结束容器内其他用户的进程',
  MKNOD: '创建设备节点',
  NET_ADMIN: '更改容器的网络设置',
  NET_BIND_SERVICE: '监听 1024 以下的端口',
  NET_RAW: '发送任意形式的网络包',
  PERFMON: '测量处理器的运行情况',
  SETFCAP: '为文件设置内核权限',
  SETGID: '切换为其他用户组',
  SETPCAP: '把内核权限转给其他进程',
  SETUID: '切换为其他用户',
  SYS_CHROOT: '更换根目录',
  SYS_NICE: '提高自身优先级并选择所用的处理器',
  SYS_PTRACE: '查看容器内其他进程的内部',
  SYS_RESOURCE: '突破资源限制',
}

export const privilegeWords: PrivilegeWords = {
  kinds: {
    capability: ({ name }) => `内核权限 ${name}：${capabilities[name]}。`,
    'writable-root': () => '可写入容器的文件系统，而不仅限于其数据卷。',
    user: ({ user }) => (/^0(?::|$)/.test(user) ? '以容器内的 root 身份运行。' : `以容器内的用户 ${user} 身份运行。`),
    'host-path': ({ path, target, readOnly }) =>
      `可${readOnly ? '读取' : '读取并更改'}服务器上的目录 ${path}${target === path ? '' : `（容器内为 ${target}）`}。`,
    'host-ipc': () => '与服务器上的所有进程共享内存通信。',
    'host-network': () => '直接使用服务器的网络：可监听服务器的任何端口与地址，并能访问仅在服务器内部监听的服务。',
    'join-network': ({ network }) =>
      `加入方案 ${solutionOf({ network })} 的网络（所用模型位于其中）：可访问该方案的所有服务，也可被其访问。`,
    privileged: () => '拥有全部内核权限与全部设备：在服务器上可做 root 能做的任何事。',
  },
  heading: (service) => `${service} 将获得普通容器限制之外的以下权限：`,
  why: (why) => `原因：${why}`,
  isNew: (name) => `新增；以 --allow-privilege ${name} 表示同意`,
  agreed: '此前已同意',
  noMore: (service, names) => `${service} 不再拥有以下权限：${names}`,
}

export const privilegeFailures: PrivilegeFailureWords = {
  'privilege-not-agreed': (f) => ({
    what: `容器将获得限制之外的以下权限，但尚无人同意：${f.privileges.join('、')}。`,
    next: `请在计划中查看其含义，然后加上：${f.privileges.map((one) => `--allow-privilege ${one}`).join(' ')}`,
  }),
}
