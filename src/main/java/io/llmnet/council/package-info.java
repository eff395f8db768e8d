/** Reads what files say of models that answer together: the settings file's ensembles and tasks, and a pipeline's nodes. */
@NullMarked
package io.llmnet.council;

import org.jspecify.annotations.NullMarked;
