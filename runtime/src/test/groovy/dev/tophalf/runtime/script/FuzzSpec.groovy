package dev.tophalf.runtime.script

import dev.tophalf.runtime.script.fuzz.Alphabet
import dev.tophalf.runtime.script.fuzz.Generator
import dev.tophalf.runtime.script.fuzz.Mutator
import dev.tophalf.runtime.script.fuzz.Oracle
import dev.tophalf.runtime.script.fuzz.Seeds
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification

/** The seconds of fuzzing that every build can afford; the profile {@code fuzz} goes on for as long as it is told. */
class FuzzSpec extends Specification {
    static final SEEDS = Seeds.of(Path.of(''))

    @Shared
    def oracle = new Oracle()

    def "a changed script is run or refused as it should be, seed #seed"() {
        given:
        def mutator = new Mutator(seed, Seeds.shorterThan(SEEDS, 400))
        def texts = (1..150).collect { mutator.next() }

        expect:
        texts.collectMany { text -> oracle.judge(text).problems().collect { "$it in: $text" } } == []

        where:
        seed << [1, 2]
    }

    def "a script made to compile is run or refused as it should be"() {
        given:
        def generator = new Generator(1)
        def texts = (1..30).collect { generator.next() }

        expect:
        texts.collectMany { text -> oracle.judge(text).problems().collect { "$it in: $text" } } == []
        texts.count { oracle.judge(it).stage() == Oracle.Stage.RAN } > 10
    }

    def "the same seed makes the same texts"() {
        expect:
        new Mutator(7, SEEDS).with { (1..20).collect { next() } } == new Mutator(7, SEEDS).with { (1..20).collect { next() } }
        new Generator(7).with { (1..5).collect { next() } } == new Generator(7).with { (1..5).collect { next() } }
    }

    def "every seed can be written in the alphabet"() {
        expect:
        SEEDS.size() > 300
        SEEDS.findAll { Alphabet.decode(Alphabet.encode(it)) != it && it ==~ /\p{ASCII}*/ } == []
    }
}
