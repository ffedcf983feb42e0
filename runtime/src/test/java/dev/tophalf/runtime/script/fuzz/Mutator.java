package dev.tophalf.runtime.script.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes scripts at random, token by token, and splices them. The same seed makes the same texts. */
public final class Mutator {
    private static final int MOST_CHANGES = 4;

    private final SplittableRandom random;
    private final List<byte[]> seeds;

    /** A mutator of {@code texts}. */
    public Mutator(long seed, List<String> texts) {
        this.random = new SplittableRandom(seed);
        this.seeds = texts.stream().map(Alphabet::encode).toList();
    }

    /** The next text. */
    public String next() {
        byte[] bytes = any();
        for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
            bytes = change(bytes);
        }
        return Alphabet.decode(bytes);
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] change(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        byte[] token = {(byte) random.nextInt(Alphabet.size())};
        return switch (random.nextInt(7)) {
            case 0 -> replace(bytes, at, at, token);
            case 1 -> replace(bytes, at, Math.min(at + 1, bytes.length), token);
            case 2 -> replace(bytes, at, Math.min(at + 1 + random.nextInt(8), bytes.length), new byte[0]);
            case 3 -> replace(bytes, at, at, piece(bytes));
            case 4 -> replace(bytes, at, at, piece(any()));
            case 5 -> exchangeBracket(bytes, at);
            default -> replace(bytes, at, bytes.length, tail(any()));
        };
    }

    private static byte[] replace(byte[] bytes, int from, int to, byte[] with) {
        byte[] changed = Arrays.copyOf(bytes, from + with.length + bytes.length - to);
        System.arraycopy(with, 0, changed, from, with.length);
        System.arraycopy(bytes, to, changed, from + with.length, bytes.length - to);
        return changed;
    }

    private byte[] piece(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(32)));
    }

    private byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, random.nextInt(bytes.length + 1), bytes.length);
    }

    /** Puts what another script has between brackets in place of what this one has there. */
    private byte[] exchangeBracket(byte[] bytes, int at) {
        byte[] other = any();
        int[] hole = bracket(bytes, at);
        int[] filling = bracket(other, random.nextInt(other.length + 1));
        return replace(bytes, hole[0], hole[1], Arrays.copyOfRange(other, filling[0], filling[1]));
    }

    /** The first pair of brackets from {@code at} on: the places behind the first and of the second. */
    private static int[] bracket(byte[] bytes, int at) {
        int from = at;
        while (from < bytes.length && "([{".indexOf(bytes[from]) < 0) {
            from++;
        }
        int depth = 0;
        for (int i = from; i < bytes.length; i++) {
            depth += "([{".indexOf(bytes[i]) >= 0 ? 1 : ")]}".indexOf(bytes[i]) >= 0 ? -1 : 0;
            if (depth == 0) {
                return new int[] {from + 1, i};
            }
        }
        return new int[] {at, at};
    }
}
