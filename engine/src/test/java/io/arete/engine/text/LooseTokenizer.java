package io.arete.engine.text;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * tokenizer.json as drawn bytes reach it: a file as it is, or, where the bytes do not begin with a
 * brace, a choice of parts, each well formed. Chance alone would seldom put a part in another's
 * place.
 */
final class LooseTokenizer {

  private static final String[] NORMALIZERS = {
    "{'type':'NFC'}",
    "{'type':'NFKD'}",
    "{'type':'Lowercase'}",
    "{'type':'Prepend','prepend':'é'}",
    "{'type':'ByteLevel'}",
    "{'type':'Strip','strip_left':true,'strip_right':true}",
    "{'type':'StripAccents'}",
    "{'type':'Nmt'}",
    "{'type':'BertNormalizer','clean_text':true,'handle_chinese_chars':true,'strip_accents':true,'lowercase':true}",
    "{'type':'Replace','pattern':{'String':'a'},'content':'日a'}",
    "{'type':'Replace','pattern':{'String':''},'content':'é'}",
    "{'type':'Replace','pattern':{'Regex':'(?=b)|.$'},'content':''}",
  };

  private static final String[] PRE_TOKENIZERS = {
    "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true,'use_regex':true}",
    "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':false,'use_regex':false}",
    "{'type':'Split','pattern':{'Regex':'\\\\s+(?!\\\\S)|a?'},'behavior':'MergedWithNext','invert':true}",
    "{'type':'Split','pattern':{'String':''},'behavior':'Removed','invert':false}",
    "{'type':'Split','pattern':{'Regex':'\\\\p{L}+'},'behavior':'Contiguous','invert':true}",
    "{'type':'Digits','individual_digits':true}",
    "{'type':'Metaspace','replacement':'é','prepend_scheme':'always','split':true}",
    "{'type':'Metaspace','replacement':'_','prepend_scheme':'first','split':false}",
    "{'type':'Whitespace'}",
    "{'type':'WhitespaceSplit'}",
    "{'type':'Punctuation','behavior':'MergedWithPrevious'}",
    "{'type':'BertPreTokenizer'}",
    "{'type':'CharDelimiterSplit','delimiter':'é'}",
    "{'type':'UnicodeScripts'}",
  };

  private static final String[] PROCESSORS = {
    "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true,'use_regex':true}",
    "{'type':'RobertaProcessing','sep':['x',1],'cls':['y',4294967295],'trim_offsets':true,'add_prefix_space':true}",
    "{'type':'BertProcessing','sep':['x',1],'cls':['y',2]}",
    "{'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'s','type_id':7}},{'Sequence':{'id':'A','type_id':0}}],'pair':[],'special_tokens':{'s':{'id':'s','ids':[],'tokens':[]}}}",
    "{'type':'TemplateProcessing','single':[{'Sequence':{'id':'A','type_id':0}},{'SpecialToken':{'id':'s','type_id':0}}],'pair':[{'Sequence':{'id':'B','type_id':0}}],'special_tokens':{'s':{'id':'t','ids':[1,2],'tokens':['a']}}}",
  };

  private static final String[] DECODERS = {
    "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true,'use_regex':true}",
    "{'type':'Metaspace','replacement':'é','prepend_scheme':'always','split':true}",
    "{'type':'Replace','pattern':{'String':'a'},'content':''}",
    "{'type':'Replace','pattern':{'Regex':'a?'},'content':'é'}",
    "{'type':'ByteFallback'}",
    "{'type':'Fuse'}",
    "{'type':'Strip','content':'a','start':9,'stop':0}",
    "{'type':'WordPiece','prefix':'é','cleanup':true}",
    "{'type':'BPEDecoder','suffix':'b'}",
    "{'type':'CTC','pad_token':'a','word_delimiter_token':'','cleanup':true}",
  };

  private static final String[] MODELS = {
    "{'type':'BPE','unk_token':'u','vocab':{'u':0,'a':1,'b':2,'ab':3,'é':4,'aé':5,'<0xC3>':6},'merges':[['a','b'],['a','é']]}",
    "{'type':'BPE','byte_fallback':true,'fuse_unk':true,'ignore_merges':true,'vocab':{'a':1,'<0x0A>':2,'':3},'merges':[]}",
    "{'type':'BPE','unk_token':'absent','end_of_word_suffix':'é','vocab':{'a':1,'bé':2,'é':3,'aé':4},'merges':[['a','é']]}",
    "{'type':'BPE','dropout':0.5,'unk_token':'a','vocab':{'a':1,'aa':2},'merges':['a a']}",
    "{'type':'Unigram','unk_id':0,'byte_fallback':true,'vocab':[['u',0.0],['a',1e300],['',-1.0],['ab',-1e300]]}",
    "{'type':'Unigram','unk_id':null,'vocab':[['é',0.0],['a',-1.0],['é',-1.0]]}",
    "{'type':'WordPiece','unk_token':'u','continuing_subword_prefix':'é','max_input_chars_per_word':4,'vocab':{'u':0,'a':1,'éb':2,'é':3}}",
    "{'type':'WordLevel','unk_token':'u','vocab':{'u':0,'a':1}}",
    "{'vocab':{'u':0,'a':1},'merges':[]}",
  };

  private static final String[] ADDED = {
    "{'id':0,'content':'u','single_word':true,'lstrip':true,'rstrip':true,'normalized':false,'special':true}",
    "{'id':9,'content':' ','single_word':false,'lstrip':true,'rstrip':true,'normalized':true,'special':false}",
    "{'id':1,'content':'É','single_word':true,'lstrip':false,'rstrip':true,'normalized':true,'special':true}",
    "{'id':2,'content':'<s>','single_word':false,'lstrip':true,'rstrip':true,'normalized':true,'special':true}",
    "{'id':2,'content':'b','single_word':true,'lstrip':false,'rstrip':false,'normalized':true,'special':false}",
    "{'id':16777215,'content':'\\u0301','single_word':false,'lstrip':true,'rstrip':false,'normalized':true,'special':false}",
  };

  private LooseTokenizer() {}

  /** The file that drawn bytes mean. */
  static byte[] file(byte[] drawn) {
    if (drawn.length == 0 || drawn[0] == '{') {
      return drawn;
    }
    ByteBuffer choices = ByteBuffer.wrap(drawn);
    String json =
        "{'added_tokens':[%s],'normalizer':%s,'pre_tokenizer':%s,'post_processor':%s,'decoder':%s,'model':%s}"
            .formatted(
                several(choices, ADDED),
                sequence(choices, "normalizers", NORMALIZERS),
                sequence(choices, "pretokenizers", PRE_TOKENIZERS),
                sequence(choices, "processors", PROCESSORS),
                sequence(choices, "decoders", DECODERS),
                MODELS[next(choices) % MODELS.length]);
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static String sequence(ByteBuffer choices, String key, String[] parts) {
    String chosen = several(choices, parts);
    return chosen.isEmpty() ? "null" : "{'type':'Sequence','%s':[%s]}".formatted(key, chosen);
  }

  private static String several(ByteBuffer choices, String[] parts) {
    StringJoiner chosen = new StringJoiner(",");
    int count = next(choices) % 4;
    for (int i = 0; i < count; i++) {
      chosen.add(parts[next(choices) % parts.length]);
    }
    return chosen.toString();
  }

  private static int next(ByteBuffer choices) {
    try {
      return Byte.toUnsignedInt(choices.get());
    } catch (BufferUnderflowException allRead) {
      return 0;
    }
  }
}
