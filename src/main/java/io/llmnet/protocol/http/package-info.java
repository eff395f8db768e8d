/**
 * Asks model servers over HTTP, in the language that each of them speaks.
 *
 * <p>Inside, everything speaks OpenAI's; a server that does not is translated here, at the wire.
 */
@NullMarked
package io.llmnet.protocol.http;

import org.jspecify.annotations.NullMarked;
