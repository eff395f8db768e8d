/**
 * Keeps an eye on the files that a server is made of, and tells what of them changed. Pipelines are understood elsewhere;
 * here it is settled which file's pipeline is in place.
 */
@NullMarked
package io.llmnet.folder;

import org.jspecify.annotations.NullMarked;
