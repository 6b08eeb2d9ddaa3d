// Answers "can this app draft now?" by asking the endpoint for its models. It does not run the model.
import { ModelFailure, startModelRequest } from './model-request.mjs'

/** @import { Configuration } from './configuration.mjs' */

const longestList = 1_048_576

/**
 * @param {Configuration} configuration
 * @returns {Promise<string | undefined>} why the app is not ready, as a code; undefined when it is
 */
export async function findUnreadyReason(configuration) {
  const call = startModelRequest(configuration, { method: 'GET', path: '/models', accept: 'application/json' })
  try {
    call.expect(configuration.timeouts.readiness, 'model_timeout')
    const response = await call.open(() => undefined)
    let content = ''
    for await (const piece of response) {
      content += piece
      if (content.length > longestList) throw new ModelFailure('model_list_malformed')
    }
    return listsModel(content, configuration.modelName) ? undefined : 'model_not_listed'
  } catch (error) {
    return (call.failure ?? (error instanceof ModelFailure ? error : new ModelFailure('model_unreachable'))).code
  } finally {
    call.close()
  }
}

/** @param {string} content @param {string} modelName */
function listsModel(content, modelName) {
  /** @type {any} */
  let list
  try {
    list = JSON.parse(content)
  } catch {
    throw new ModelFailure('model_list_malformed')
  }
  if (!Array.isArray(list?.data)) throw new ModelFailure('model_list_malformed')
  return list.data.some((/** @type {any} */ model) => model?.id === modelName)
}
