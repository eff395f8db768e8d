/**
 * Fetches secrets from where they are kept, keeps them fresh, and keeps them out of whatever is told.
 *
 * <p>A secret is put into a pipeline when its file is read. When it changes, {@link io.llmnet.secret.SecretStore#watch}
 * says so, and the file is to be read again; no request ever waits for a secret.
 */
@NullMarked
package io.llmnet.secret;

import org.jspecify.annotations.NullMarked;
