package dev.tophalf.shell.grade;

import java.util.List;

/**
 * Something that a submission earns points for: all of them, or none.
 *
 * @param id a short name, unique in the exercise
 * @param title what the student is told that it is about
 * @param hidden whether the student is not told why it was missed
 * @param features the names of the spec features that all have to pass
 */
record RubricItem(String id, String title, int points, boolean hidden, List<String> features) {}
