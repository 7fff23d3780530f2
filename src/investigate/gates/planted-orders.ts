import { englishOrders } from './planted-orders-english.ts';
import { foreignOrders } from './planted-orders-foreign.ts';
import { japaneseOrders } from './planted-orders-japanese.ts';

/** Tags of prompts and calls of tools: no product writes them. */
const tags: readonly RegExp[] = [
  /<\|(?:im_start|im_end|endoftext|system|assistant|user|eot_id|start_header_id|end_header_id|begin_of_text)\|>/i,
  /\[\/?INST\]|<<\/?SYS>>/,
  /<\/?(?:assistant|tool_calls?|function_calls?|tool_result|system[ _-](?:prompt|message|mode|reminder|override)|instructions?)>/i,
  /#{2,}\s*(?:\(?system[ _-]?(?:message|prompt)?\)?|instructions?|assistant)(?=[\s:)]|$)/i,
  /(?<![\p{L}\p{N}])system[ _-](?:prompt|override|instruction|message)s?\s*:/iu,
  /(?:^|[\s"'}\]])(?:assistant|human)\s*:\s+\p{L}/iu,
  /"(?:tool_calls?|function_call|tool_use|tool_name)"\s*:\s*["{[]/i,
];

/** Everything by which a text is taken for an order to whoever investigates. */
export const orders: readonly RegExp[] = [...tags, ...englishOrders, ...japaneseOrders, ...foreignOrders];
