// Chinese: the commands about who uses a console, as the help shows them.
import type { HelpWords } from '../help-words.ts'

export const operatorsHelp = {
  'sign-in': [['姓名', '启用实名操作员后，表明您的身份']],
  'sign-out': [['', '退出登录']],
  operators: [['[list]', '哪些人可以使用本控制台，以何种角色']],
  'operators list': [],
  'operators begin': [['姓名', '从此需要登录；该姓名成为管理员']],
  'operators add': [['姓名 --role 角色 …', '添加一人；其口令须在首次登录时更改']],
  'operators change': [['姓名 --role 角色 …', '更改角色；其所有登录随即失效']],
  'operators remove': [['姓名', '此后不能再以该姓名登录']],
  'operators unlock': [['姓名', '在五分钟内提前解除锁定']],
  'operators reset': [['姓名', '为他人设置口令，下次登录时须更改']],
  'operators passphrase': [['', '更改自己的口令']],
  'operators policy': [['', '窗口何时锁定、登录最长多久、是否须由第二人审批']],
  'operators end': [['', '删除全部操作员：本机用户重新拥有全部权限']],
  'operators recover': [['姓名', '没有管理员能登录时：为其中一位设置新口令；会记入审计']],
  approvals: [['[list]', '等待第二人审批的方案及审批结果']],
  'approvals list': [],
  'approvals ask': [['方案', '应用前请第二人审批']],
  'approvals give': [['方案 --digest 摘要', '批准，仅限该摘要']],
  'approvals refuse': [['方案', '不得应用']],
} as const satisfies Partial<HelpWords['commands']>
