package io.llmnet.ensemble.report;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Has one small model answer the questions as five voters, who differ in how they are prompted and how freely they choose their
 * words. Running this records it anew: its arguments are the GGUF file, the questions, and the file to write.
 */
final class Recording {
    private static final int LONGEST_ANSWER = 8;

    /** How one voter is asked. */
    private record Voter(String name, String words, float temperature, int seed) {
        String prompt(String question) {
            return words.replace("{question}", question);
        }
    }

    private static final List<Voter> VOTERS = List.of(
            new Voter("chat", """
                    <|im_start|>system
                    You answer with one word.<|im_end|>
                    <|im_start|>user
                    Which animal purrs?<|im_end|>
                    <|im_start|>assistant
                    cat<|im_end|>
                    <|im_start|>user
                    What is 2 plus 3?<|im_end|>
                    <|im_start|>assistant
                    5<|im_end|>
                    <|im_start|>user
                    {question}<|im_end|>
                    <|im_start|>assistant
                    """, 0, 1),
            new Voter("shots", """
                    Q: What is the capital of the Netherlands?
                    A: Amsterdam

                    Q: What is the opposite of good?
                    A: bad

                    Q: What is 3 plus 3?
                    A: 6

                    Q: Which day comes after the weekend?
                    A: Monday

                    Q: {question}
                    A:""", 0, 2),
            new Voter("warm", """
                    Question: What colour is an orange?
                    Answer: orange

                    Question: How many wheels has a car?
                    Answer: 4

                    Question: What is the capital of Scotland?
                    Answer: Edinburgh

                    Question: {question}
                    Answer:""", 0.7f, 3),
            new Voter("quiz", """
                    A quiz for children, with the right answers.

                    1. What is the opposite of clean? dirty
                    2. Which animal says oink? pig
                    3. What is 4 minus 1? 3
                    4. What is the capital of India? Delhi
                    5. {question}""", 0.4f, 4),
            new Voter("exam", """
                    Teacher: How many fingers has a hand?
                    Pupil: 5
                    Teacher: What is a young pig called?
                    Pupil: piglet
                    Teacher: Which language is spoken in Italy?
                    Pupil: Italian
                    Teacher: {question}
                    Pupil:""", 1.0f, 5));

    private record Said(String text, long micros) {}

    private Recording() {}

    public static void main(String[] args) throws IOException {
        List<String[]> questions = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(args[1]))) {
            if (!line.startsWith("#")) {
                questions.add(line.split(" \\| ", -1));
            }
        }
        List<StringBuilder> rows = new ArrayList<>();
        questions.forEach(question -> rows.add(new StringBuilder(question[0] + " | " + question[2])));
        ModelParameters parameters = new ModelParameters()
                .setModel(args[0])
                .setCtxSize(512)
                .setParallel(1)
                .setThreads(1);
        @SuppressWarnings("resource") // closing it may wait for ever: the process ends instead
        LlamaModel model = new LlamaModel(parameters);
        for (Voter voter : VOTERS) {
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).append(cells(ask(model, voter, questions.get(i)[1])));
            }
        }
        Files.write(Path.of(args[2]), rows);
        Runtime.getRuntime().halt(0);
    }

    private static String cells(Said said) {
        return " | " + said.text().replace('|', '/') + " | " + said.micros();
    }

    /** Without probabilities: this binding of llama.cpp cannot tell them. */
    private static Said ask(LlamaModel model, Voter voter, String question) {
        InferenceParameters wish = new InferenceParameters(voter.prompt(question))
                .setNPredict(LONGEST_ANSWER)
                .setTemperature(voter.temperature())
                .setSeed(voter.seed())
                .setCachePrompt(true)
                .setStopStrings("\n", "<|im_end|>", "Q:", "Question:", "Teacher:");
        StringBuilder text = new StringBuilder();
        long began = System.nanoTime();
        for (LlamaOutput piece : model.generate(wish)) {
            text.append(piece.text);
        }
        long micros = (System.nanoTime() - began) / 1000;
        return new Said(text.toString().strip(), micros);
    }
}
