package dev.tophalf.shell;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tophalf.runtime.contract.HostFunction;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** Which class may know or call what, for the main code of all modules. */
@AnalyzeClasses(packages = "dev.tophalf", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String RUNTIME = "dev.tophalf.runtime..";
    private static final String STDLIB = "dev.tophalf.linux..";
    private static final String SHELL = "dev.tophalf.shell..";

    /** Classes besides those in {@code sched} that may know Java's threads. */
    private static final Set<String> KNOW_THREADS =
            Set.of("dev.tophalf.runtime.script.CompileThread", "dev.tophalf.runtime.script.Deadline");

    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z0-9]_[a-z0-9]");

    @ArchTest
    static final ArchRule runtimeKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage(RUNTIME)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STDLIB, SHELL)
            .because("dependencies point one way: shell, stdlib, runtime");

    @ArchTest
    static final ArchRule stdlibDoesNotKnowShell = noClasses()
            .that()
            .resideInAPackage(STDLIB)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SHELL)
            .because("dependencies point one way: shell, stdlib, runtime");

    @ArchTest
    static final ArchRule hardwareKnowsNoKernel = noClasses()
            .that()
            .resideInAPackage("dev.tophalf.runtime.hw..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tophalf.runtime.rule..", "dev.tophalf.runtime.sched..", "dev.tophalf.runtime.contract..")
            .because("a peripheral knows its registers, virtual time and its line, as a chip does");

    @ArchTest
    static final ArchRule onlyTheScriptPipelineKnowsGroovyAndBytecode = noClasses()
            .that()
            .resideInAnyPackage(RUNTIME, STDLIB)
            .and()
            .resideOutsideOfPackage("dev.tophalf.runtime.script..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("groovy..", "org.codehaus.groovy..", "org.apache.groovy..", "org.objectweb.asm..")
            .because("a new Groovy or ASM must be felt in one place only");

    @ArchTest
    static final ArchRule noRealTime = noClasses()
            .that()
            .resideInAnyPackage(RUNTIME, STDLIB)
            .should()
            .accessTargetWhere(describe("reads the real clock", ArchitectureTest::readsTheClock))
            .because("a run is a function of scripts, machine and seed; time is the simulation's");

    @ArchTest
    static final ArchRule noUnseededChance = noClasses()
            .that()
            .resideInAnyPackage(RUNTIME, STDLIB)
            .should()
            .accessTargetWhere(describe("draws unseeded random numbers", ArchitectureTest::drawsAtRandom))
            .because("a run is a function of scripts, machine and seed; every choice is the Decider's");

    @ArchTest
    static final ArchRule noOrderThatDiffersBetweenRuns = noClasses()
            .that()
            .resideInAnyPackage(RUNTIME, STDLIB)
            .should()
            .accessTargetWhere(describe("orders by hash code", ArchitectureTest::ordersByHash))
            .because("the order may differ between two JVMs; take LinkedHashMap, TreeMap, ImmutableMap and their sets");

    @ArchTest
    static final ArchRule onlyTheSchedulerKnowsThreads = noClasses()
            .that()
            .resideInAnyPackage(RUNTIME, STDLIB)
            .and()
            .resideOutsideOfPackage("dev.tophalf.runtime.sched..")
            .and(describe("are not named here", type -> !KNOW_THREADS.contains(outermost(type))))
            .should()
            .dependOnClassesThat(describe("start or are threads", ArchitectureTest::isAboutThreads))
            .orShould()
            .accessTargetWhere(describe("makes a stream parallel", ArchitectureTest::makesParallel))
            .because("one thread of a simulation runs at a time, and only a Carrier says which");

    @ArchTest
    static final ArchRule onlyStdlibHasTypesInSnakeCase = classes()
            .that()
            .resideOutsideOfPackage(STDLIB)
            .should(not(have(describe("a name in snake case", type -> isSnakeCase(type.getSimpleName())))))
            .because("what a driver types is spelled as in C, what only Java types as in Java");

    @ArchTest
    static final ArchRule onlyStdlibHasMembersInSnakeCase = members()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage(STDLIB)
            .and(describe("are written by hand", ArchitectureTest::isWrittenByHand))
            .and(describe("are no verbs of scenarios", member -> !member.isAnnotatedWith(HostFunction.class)))
            .should(not(have(describe("a name in snake case", member -> isSnakeCase(member.getName())))))
            .because("what a driver types is spelled as in C, what only Java types as in Java");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(have(describe(
                    "a package that is @NullMarked", type -> type.getPackage().isAnnotatedWith(NullMarked.class))))
            .because("NullAway checks only packages whose package-info says so");

    private static boolean readsTheClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        return owner.isEquivalentTo(System.class) && (name.equals("currentTimeMillis") || name.equals("nanoTime"))
                || owner.getPackageName().equals("java.time") && name.equals("now")
                || owner.isEquivalentTo(Clock.class) && (name.startsWith("system") || name.startsWith("tick"))
                || owner.isEquivalentTo(Date.class) && isConstructor(access) && parameters(access) == 0
                || owner.isEquivalentTo(Thread.class) && name.equals("sleep");
    }

    private static boolean drawsAtRandom(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        return owner.isEquivalentTo(Math.class) && name.equals("random")
                || owner.isEquivalentTo(UUID.class) && name.equals("randomUUID")
                || owner.isEquivalentTo(Collections.class) && name.equals("shuffle") && parameters(access) == 1
                || isOneOf(owner, ThreadLocalRandom.class, SecureRandom.class)
                || isOneOf(owner, Random.class, SplittableRandom.class)
                        && isConstructor(access)
                        && parameters(access) == 0;
    }

    private static boolean ordersByHash(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        if (owner.isEquivalentTo(Collectors.class)) {
            return switch (name) {
                case "toSet", "toUnmodifiableSet", "toUnmodifiableMap" -> true;
                case "groupingBy" -> parameters(access) < 3;
                case "toMap" -> parameters(access) < 4;
                default -> name.endsWith("Concurrent") || name.equals("toConcurrentMap");
            };
        }
        return owner.isEquivalentTo(System.class) && name.equals("identityHashCode")
                || isOneOf(owner, Set.class, Map.class) && (name.startsWith("of") || name.equals("copyOf"))
                || isOneOf(owner, HashMap.class, HashSet.class, IdentityHashMap.class, WeakHashMap.class)
                        && (isConstructor(access) || name.startsWith("newHash"));
    }

    private static boolean isAboutThreads(JavaClass type) {
        return isOneOf(type, Thread.class, Executors.class, CompletableFuture.class, Timer.class)
                || type.isAssignableTo(Executor.class)
                || type.isAssignableTo(ThreadFactory.class);
    }

    private static boolean makesParallel(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return owner.isAssignableTo(BaseStream.class) && access.getName().equals("parallel")
                || access.getName().equals("parallelStream");
    }

    private static boolean isWrittenByHand(JavaMember member) {
        return !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isSnakeCase(String name) {
        return SNAKE_CASE.matcher(name).find();
    }

    private static boolean isConstructor(JavaAccess<?> access) {
        return access.getName().equals("<init>");
    }

    private static int parameters(JavaAccess<?> access) {
        return access instanceof JavaCodeUnitAccess<?> call
                ? call.getTarget().getRawParameterTypes().size()
                : 0;
    }

    private static boolean isOneOf(JavaClass type, Class<?>... candidates) {
        for (Class<?> candidate : candidates) {
            if (type.isEquivalentTo(candidate)) {
                return true;
            }
        }
        return false;
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }
}
