package dev.tophalf.runtime.script

import static org.objectweb.asm.Opcodes.*

import dev.tophalf.runtime.script.verify.Verifier
import org.objectweb.asm.ClassWriter
import org.objectweb.asm.ConstantDynamic
import org.objectweb.asm.Handle
import org.objectweb.asm.Label
import org.objectweb.asm.MethodVisitor
import org.objectweb.asm.Type
import spock.lang.Specification

/** Attacks that do not come from source: whatever a bug in the compiler might let through. */
class VerifierBytesSpec extends Specification {
    static final String KERNEL = 'dev/tophalf/runtime/script/TestKernel'
    static final String METAFACTORY = 'java/lang/invoke/LambdaMetafactory'
    static final String BOOTSTRAP = '(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;' +
            'Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;'
    static final Handle EXIT = new Handle(H_INVOKESTATIC, 'java/lang/System', 'exit', '(I)V', false)
    static final Handle LOG = new Handle(H_INVOKESTATIC, KERNEL, 'log', '(Ljava/lang/String;)V', false)

    def verifier = new Verifier(TestKernel.api())

    List<String> verify(List<ClassBytes> classes) {
        verifier.verify(new ScriptSource('test.groovy', ''), classes, Scope.EMPTY)*.message()
    }

    static void metafactory(MethodVisitor m, String name, String site, String erased, Handle target, String factory = 'metafactory') {
        m.visitInvokeDynamicInsn(name, site, new Handle(H_INVOKESTATIC, METAFACTORY, factory, BOOTSTRAP, false),
                Type.getMethodType(erased), target, Type.getMethodType(erased))
        m.visitInsn(POP)
    }

    def "an instruction is refused: #what"() {
        expect:
        verify(HandMade.code(code)).any { it.contains(reason) }

        where:
        what                             | reason                               | code
        'a call'                         | 'java.lang.System.exit()'            | { MethodVisitor m -> m.visitInsn(ICONST_0); m.visitMethodInsn(INVOKESTATIC, 'java/lang/System', 'exit', '(I)V', false) }
        'a call of the hooks'            | 'dev.tophalf.runtime.contract.Woven' | { MethodVisitor m -> m.visitInsn(ICONST_0); m.visitMethodInsn(INVOKESTATIC, 'dev/tophalf/runtime/contract/Woven', 'tick', '(I)V', false) }
        'a call of an unknown class'     | 'not.There.f()'                      | { MethodVisitor m -> m.visitMethodInsn(INVOKESTATIC, 'not/There', 'f', '()V', false) }
        'another form of a function'     | 'TestKernel.add()'                   | { MethodVisitor m -> m.visitMethodInsn(INVOKESTATIC, KERNEL, 'add', '()V', false) }
        'a function of a subclass'       | 'machine.poke()'                     | { MethodVisitor m -> m.visitMethodInsn(INVOKESTATIC, KERNEL + '$machine', 'poke', '()V', false) }
        'a private field'                | 'machine.runtime'                    | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitFieldInsn(GETFIELD, KERNEL + '$machine', 'runtime', 'Ljava/lang/Runtime;'); m.visitInsn(POP) }
        'a static field'                 | 'java.lang.System.out'               | { MethodVisitor m -> m.visitFieldInsn(GETSTATIC, 'java/lang/System', 'out', 'Ljava/io/PrintStream;'); m.visitInsn(POP) }
        'an array method'                | 'int[].clone()'                      | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitMethodInsn(INVOKEVIRTUAL, '[I', 'clone', '()Ljava/lang/Object;', false); m.visitInsn(POP) }
        'getClass on an array'           | 'int[].getClass()'                   | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitMethodInsn(INVOKEVIRTUAL, '[I', 'getClass', '()Ljava/lang/Class;', false); m.visitInsn(POP) }
        'new'                            | 'java.lang.Thread'                   | { MethodVisitor m -> m.visitTypeInsn(NEW, 'java/lang/Thread'); m.visitInsn(POP) }
        'a class literal'                | 'java.lang.Runtime'                  | { MethodVisitor m -> m.visitLdcInsn(Type.getType(Runtime)); m.visitInsn(POP) }
        'a class literal of an array'    | 'java.lang.Runtime'                  | { MethodVisitor m -> m.visitLdcInsn(Type.getType(Runtime[][])); m.visitInsn(POP) }
        'a cast'                         | 'java.lang.Runtime'                  | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitTypeInsn(CHECKCAST, 'java/lang/Runtime'); m.visitInsn(POP) }
        'instanceof'                     | 'java.lang.Runtime'                  | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitTypeInsn(INSTANCEOF, 'java/lang/Runtime'); m.visitInsn(POP) }
        'an array'                       | 'java.lang.Runtime'                  | { MethodVisitor m -> m.visitInsn(ICONST_0); m.visitTypeInsn(ANEWARRAY, 'java/lang/Runtime'); m.visitInsn(POP) }
        'an array of arrays'             | 'java.lang.Runtime'                  | { MethodVisitor m -> m.visitInsn(ICONST_0); m.visitInsn(ICONST_0); m.visitMultiANewArrayInsn('[[Ljava/lang/Runtime;', 2); m.visitInsn(POP) }
        'a method type constant'         | 'this constant'                      | { MethodVisitor m -> m.visitLdcInsn(Type.getMethodType('()V')); m.visitInsn(POP) }
        'a method handle constant'       | 'this constant'                      | { MethodVisitor m -> m.visitLdcInsn(EXIT); m.visitInsn(POP) }
        'a dynamic constant'             | 'this constant'                      | { MethodVisitor m -> m.visitLdcInsn(new ConstantDynamic('x', 'Ljava/lang/Object;', EXIT)); m.visitInsn(POP) }
        'an unlisted heir of a listed class' | 'java.util.HashSet.add()'         | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitInsn(ACONST_NULL); m.visitMethodInsn(INVOKEVIRTUAL, 'java/util/HashSet', 'add', '(Ljava/lang/Object;)Z', false); m.visitInsn(POP) }
        'an override in an unlisted class'   | 'java.util.Scanner.next()'        | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitMethodInsn(INVOKEVIRTUAL, 'java/util/Scanner', 'next', '()Ljava/lang/Object;', false); m.visitInsn(POP) }
        'the constructor of a listed class'  | 'new java.lang.Number()'          | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitMethodInsn(INVOKESPECIAL, 'java/lang/Number', '<init>', '()V', false) }
        'what reflection is shown'           | 'jdk.internal.reflect.MethodAccessorImpl' | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitTypeInsn(CHECKCAST, 'jdk/internal/reflect/MethodAccessorImpl'); m.visitInsn(POP) }
        'a class of a function type'         | 'java.lang.Runnable'              | { MethodVisitor m -> m.visitLdcInsn(Type.getType(Runnable)); m.visitInsn(POP) }
        'a bootstrap that makes records'     | 'dynamic Groovy'                  | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitInvokeDynamicInsn('toString', '(Ljava/lang/Object;)Ljava/lang/String;', new Handle(H_INVOKESTATIC, 'java/lang/runtime/ObjectMethods', 'bootstrap', '()Ljava/lang/Object;', false)); m.visitInsn(POP) }
        'a pointer to a field'               | 'only a function has a pointer'   | { MethodVisitor m -> metafactory(m, 'take', "()L$KERNEL\$sink_t;", '(Ljava/lang/String;)V', new Handle(H_GETSTATIC, 'java/lang/System', 'out', 'Ljava/io/PrintStream;', false)) }
        'a pointer to a method'              | 'only a function has a pointer'   | { MethodVisitor m -> metafactory(m, 'take', "()L$KERNEL\$sink_t;", '(Ljava/lang/String;)V', new Handle(H_INVOKEVIRTUAL, 'java/lang/String', 'length', '()I', false)) }
        'a monitor'                      | 'synchronized'                       | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitInsn(MONITORENTER) }
        'the end of a monitor'           | 'synchronized'                       | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitInsn(MONITOREXIT) }
        'a handler'                      | 'java.io.IOException'                | { MethodVisitor m -> Label a = new Label(); Label b = new Label(); m.visitTryCatchBlock(a, b, b, 'java/io/IOException'); m.visitLabel(a); m.visitInsn(NOP); m.visitInsn(RETURN); m.visitLabel(b); m.visitInsn(POP) }
        'another bootstrap'              | 'dynamic Groovy'                     | { MethodVisitor m -> m.visitInvokeDynamicInsn('x', '()V', EXIT) }
        'a bootstrap of its own'         | 'dynamic Groovy'                     | { MethodVisitor m -> m.visitInvokeDynamicInsn('x', '()V', new Handle(H_INVOKESTATIC, 'test_ko', 'f', '()V', false)) }
        'a serializable lambda'          | 'dynamic Groovy'                     | { MethodVisitor m -> metafactory(m, 'take', "()L$KERNEL\$sink_t;", '(Ljava/lang/String;)V', LOG, 'altMetafactory') }
        'a pointer to a host function'   | 'java.lang.System.exit()'            | { MethodVisitor m -> metafactory(m, 'take', "()L$KERNEL\$sink_t;", '(Ljava/lang/String;)V', EXIT) }
        'a pointer to a constructor'     | 'new java.io.File()'                 | { MethodVisitor m -> metafactory(m, 'take', "()L$KERNEL\$sink_t;", '(Ljava/lang/String;)V', new Handle(H_NEWINVOKESPECIAL, 'java/io/File', '<init>', '(Ljava/lang/String;)V', false)) }
        'a pointer of a host type'       | 'java.lang.Runnable'                 | { MethodVisitor m -> metafactory(m, 'run', '()Ljava/lang/Runnable;', '()V', new Handle(H_INVOKESTATIC, KERNEL, 'poke', '()V', false)) }
        'a pointer that skips the gate'  | 'cannot carry arguments'             | { MethodVisitor m -> m.visitInsn(ACONST_NULL); metafactory(m, 'take', "(Ljava/lang/String;)L$KERNEL\$sink_t;", '()V', LOG) }
        'a pointer with a host argument' | 'java.lang.Runtime'                  | { MethodVisitor m -> m.visitInsn(ACONST_NULL); metafactory(m, 'take', "(Ljava/lang/Runtime;)L$KERNEL\$sink_t;", '()V', LOG) }
    }

    def "a class is refused: #what"() {
        expect:
        verify(classes).any { it.contains(reason) }

        where:
        what                         | reason                   | classes
        'in a package'               | 'is in a package'        | HandMade.type('dev/tophalf/runtime/contract/Woven', 'java/lang/Object') { }
        'named like a pointer'       | 'cannot be called'       | HandMade.type('test_ko$$f', 'java/lang/Object') { }
        'a class loader'             | 'java.lang.ClassLoader'  | HandMade.type('l', 'java/lang/ClassLoader') { }
        'a thread'                   | 'java.lang.Thread'       | HandMade.type('l', 'java/lang/Thread') { }
        'a struct of the kernel'     | 'extends machine'        | HandMade.type('l', KERNEL + '$machine') { }
        'of a foreign interface'     | 'java.lang.Runnable'     | HandMade.type(ACC_PUBLIC, 'l', 'java/lang/Object', ['java/lang/Runnable'] as String[]) { }
        'an annotation'              | 'annotation'             | HandMade.type(ACC_PUBLIC | ACC_INTERFACE | ACC_ABSTRACT | ACC_ANNOTATION, 'l', 'java/lang/Object', [] as String[]) { }
        'a guest of a host class'    | 'claims to be part of'   | HandMade.type('l', 'java/lang/Object') { it.visitNestHost('java/lang/String') }
        'a nest of a host class'     | 'claims to be part of'   | HandMade.type('l', 'java/lang/Object') { it.visitNestMember('java/lang/String') }
        'an inner class of the host' | 'claims to be part of'   | HandMade.type('l', 'java/lang/Object') { it.visitInnerClass('java/lang/String', 'l', 'String', 0) }
        'with an annotation'         | '@java.lang.Deprecated'  | HandMade.type('l', 'java/lang/Object') { it.visitAnnotation('Ljava/lang/Deprecated;', true).visitEnd() }
        'with an annotated method'   | '@java.lang.Deprecated'  | HandMade.type('l', 'java/lang/Object') { it.visitMethod(ACC_PUBLIC | ACC_ABSTRACT, 'm', '()V', null, null).visitAnnotation('Ljava/lang/Deprecated;', true).visitEnd() }
        'an array of three ranks'    | 'two dimensions'         | HandMade.code { m -> 3.times { m.visitInsn(ICONST_0) }; m.visitMultiANewArrayInsn('[[[I', 3); m.visitInsn(POP) }
        'with a native method'       | 'native'                 | HandMade.type('l', 'java/lang/Object') { it.visitMethod(ACC_PUBLIC | ACC_NATIVE, 'n', '()V', null, null) }
        'with a finalizer'           | 'finalize'               | HandMade.type('l', 'java/lang/Object') { ClassWriter w -> HandMade.method(w, ACC_PUBLIC, 'finalize', '()V') { } }
        'that hides getClass'        | 'getClass'               | HandMade.type(ACC_PUBLIC | ACC_INTERFACE | ACC_ABSTRACT, 'l', 'java/lang/Object', [] as String[]) { it.visitMethod(ACC_PUBLIC | ACC_ABSTRACT, 'getClass', '()Ljava/lang/Class;', null, null) }
        'with a host field'          | 'java.io.File'           | HandMade.type('l', 'java/lang/Object') { it.visitField(ACC_PUBLIC, 'f', 'Ljava/io/File;', null, null) }
        'with a host array field'    | 'java.io.File'           | HandMade.type('l', 'java/lang/Object') { it.visitField(ACC_PUBLIC, 'f', '[[Ljava/io/File;', null, null) }
        'with a generic host field'  | 'java.io.File'           | HandMade.type('l', 'java/lang/Object') { it.visitField(ACC_PUBLIC, 'f', 'Ljava/lang/Iterable;', 'Ljava/lang/Iterable<Ljava/io/File;>;', null) }
        'with a host parameter'      | 'java.io.File'           | HandMade.type('l', 'java/lang/Object') { it.visitMethod(ACC_PUBLIC | ACC_ABSTRACT, 'm', '(Ljava/io/File;)V', null, null) }
        'with a host result'         | 'java.io.File'           | HandMade.type('l', 'java/lang/Object') { it.visitMethod(ACC_PUBLIC | ACC_ABSTRACT, 'm', '()[Ljava/io/File;', null, null) }
        'that throws a host class'   | 'java.io.IOException'    | HandMade.type('l', 'java/lang/Object') { it.visitMethod(ACC_PUBLIC | ACC_ABSTRACT, 'm', '()V', null, ['java/io/IOException'] as String[]) }
        'with a synchronized method' | 'native or synchronized' | HandMade.type('l', 'java/lang/Object') { ClassWriter w -> HandMade.method(w, ACC_PUBLIC | ACC_STATIC | ACC_SYNCHRONIZED, 'm', '()V') { } }
        'a record'                   | 'record'                 | HandMade.type(ACC_PUBLIC | ACC_RECORD, 'l', 'java/lang/Record', [] as String[]) { }
        'an enum'                    | 'java.lang.Enum'         | HandMade.type('l', 'java/lang/Enum') { }
        'with a generic host method' | 'java.io.File'           | HandMade.type('l', 'java/lang/Object') { it.visitMethod(ACC_PUBLIC | ACC_ABSTRACT, 'm', '()V', '<T:Ljava/io/File;>()V', null) }
        'sealed for the host'        | 'claims to be part of'   | HandMade.type('l', 'java/lang/Object') { it.visitPermittedSubclass('java/lang/String') }
        'of a host method'           | 'claims to be part of'   | HandMade.type('l', 'java/lang/Object') { it.visitOuterClass('java/lang/String', 'length', '()I') }
        'with a metaclass field'     | 'metaClass'              | HandMade.type('l', 'java/lang/Object') { it.visitField(ACC_PUBLIC, 'metaClass', 'Ljava/lang/Object;', null, null) }
        'that is no class'           | 'cannot be read'         | [new ClassBytes('l', [1, 2, 3] as byte[])]
        'that has another name'      | 'calls itself'           | [new ClassBytes('k', HandMade.type('l', 'java/lang/Object') { }[0].bytes())]
        'that is there twice'        | 'twice'                  | HandMade.type('l', 'java/lang/Object') { } * 2
    }

    def "harmless bytes are accepted: #what"() {
        expect:
        verify(HandMade.code(code)) == []

        where:
        what                            | code
        'a kernel function'             | { MethodVisitor m -> m.visitMethodInsn(INVOKESTATIC, KERNEL, 'poke', '()V', false) }
        'a pointer'                     | { MethodVisitor m -> metafactory(m, 'take', "()L$KERNEL\$sink_t;", '(Ljava/lang/String;)V', LOG) }
        'constants'                     | { MethodVisitor m -> m.visitLdcInsn('x'); m.visitLdcInsn(1L); m.visitLdcInsn(Type.getType("L$KERNEL\$machine;")); m.visitInsn(POP); m.visitInsn(POP2); m.visitInsn(POP) }
        'a member of its own'           | { MethodVisitor m -> m.visitMethodInsn(INVOKESTATIC, 'test_ko', 'f', '()V', false) }
        'a member of a listed ancestor' | { MethodVisitor m -> m.visitInsn(ACONST_NULL); m.visitMethodInsn(INVOKEVIRTUAL, 'java/lang/IllegalStateException', 'getMessage', '()Ljava/lang/String;', false); m.visitInsn(POP) }
    }
}
