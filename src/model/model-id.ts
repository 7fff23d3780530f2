/** What an id of a model looks like, as settings name it and servers answer with it: `claude-opus-5-5`, `qwen3:32b`, `org/name@1`. */
export const modelId = /^[\w.:/@+-]{1,200}$/;
